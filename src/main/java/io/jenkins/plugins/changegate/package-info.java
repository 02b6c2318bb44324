/**
 * Change Gate: lets routine deployments pass and stops risky ones until the right people have approved them.
 */
package io.jenkins.plugins.changegate;

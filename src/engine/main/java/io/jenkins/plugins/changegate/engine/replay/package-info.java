/**
 * What policies would have said of past changes, without deploying anything: each change is judged again by what is
 * still known of it, and the results are counted. Knows neither git nor Jenkins.
 */
package io.jenkins.plugins.changegate.engine.replay;

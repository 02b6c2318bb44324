/** Calls to other systems by HTTP: which hosts may be called, as whom, and bounded in time and size. */
package io.jenkins.plugins.changegate.http;

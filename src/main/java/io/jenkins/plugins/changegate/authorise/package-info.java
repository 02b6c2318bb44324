/**
 * Everything that is done to a change while it waits: voting, rejecting, overriding, and what time and newer changes
 * do. Whoever asks, a prompt, a page or the clock, comes through here.
 */
package io.jenkins.plugins.changegate.authorise;

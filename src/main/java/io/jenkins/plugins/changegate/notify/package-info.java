/** Tells people and other systems what happens to changes: mail, webhooks, checks. Nothing here decides anything. */
package io.jenkins.plugins.changegate.notify;

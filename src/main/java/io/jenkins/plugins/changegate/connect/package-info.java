/** Keeps changes in other systems as well: ServiceNow, Jira Service Management. Never needed by a gate. */
package io.jenkins.plugins.changegate.connect;

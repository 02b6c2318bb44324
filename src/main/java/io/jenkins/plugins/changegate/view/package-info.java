/** What people see: a card on the build's page, a page and JSON for each change. Only reads. */
package io.jenkins.plugins.changegate.view;

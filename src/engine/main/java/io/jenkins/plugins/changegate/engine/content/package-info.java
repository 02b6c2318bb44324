/** What the text of a change says, read where the repository is: lines that match, and dependencies that moved. */
package io.jenkins.plugins.changegate.engine.content;

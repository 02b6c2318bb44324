/** The change records of this Jenkins: where they are kept, and who is told of what is recorded. */
package io.jenkins.plugins.changegate.ledger;

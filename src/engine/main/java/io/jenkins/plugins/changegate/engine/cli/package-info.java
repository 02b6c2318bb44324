/** The command line: lets an author try a policy on a clone, without Jenkins. */
package io.jenkins.plugins.changegate.engine.cli;

/**
 * Measures how well the model of {@code engine.learn} foretells which changes turn out bad, on data sets of past
 * changes: the command {@code evaluate}. Nothing of it runs in Jenkins.
 */
package io.jenkins.plugins.changegate.engine.evaluate;

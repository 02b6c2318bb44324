/** Conditions of rules: their language, and the facts that they may ask about. */
package io.jenkins.plugins.changegate.engine.condition;

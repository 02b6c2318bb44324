/**
 * The pause: an ordinary Jenkins input prompt, which every user interface and REST client of Jenkins knows, around the
 * pure state machine of {@code engine.approval}.
 */
package io.jenkins.plugins.changegate.prompt;

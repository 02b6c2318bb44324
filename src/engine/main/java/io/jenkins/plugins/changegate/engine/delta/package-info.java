/**
 * Reads what a change changes: git's own diff and the bounded history between two commits, as immutable values.
 *
 * <p>Only the JDK is used, because this package runs on agents. A diff is untrusted input: everything read here is
 * bounded, and what cannot be read is a {@link io.jenkins.plugins.changegate.engine.delta.Gap}, never a guess.
 */
package io.jenkins.plugins.changegate.engine.delta;

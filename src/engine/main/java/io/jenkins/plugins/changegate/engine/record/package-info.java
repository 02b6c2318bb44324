/**
 * Change records: what the gate did, as a history of events that is only ever added to, each carrying the hash of the
 * one before it. The store is the one truth about a change; everything else is read from it.
 */
package io.jenkins.plugins.changegate.engine.record;

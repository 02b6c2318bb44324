package io.jenkins.plugins.changegate.engine.record;

/**
 * An event as it is stored, with its place in the chain, so that whoever has it can check it without the store: the
 * hash is SHA-256, in hexadecimal, of the UTF-8 bytes of {@code previous}, {@code sequence}, the change's number,
 * {@code version}, {@code text} and, unless it is empty, {@code controller}, each preceded by its length in UTF-16 units
 * and a colon, numbers in decimal.
 *
 * @param sequence its place among the events of all changes, from 1
 * @param version its place among the events of its change, from 1
 * @param controller which Jenkins wrote it; empty in a store that only one has
 * @param text what happened, as JSON, exactly as it was written
 * @param previous the hash of the event at the place before
 * @param hash its own
 */
public record ChainedEvent(long sequence, int version, String controller, String text, String previous, String hash) {}

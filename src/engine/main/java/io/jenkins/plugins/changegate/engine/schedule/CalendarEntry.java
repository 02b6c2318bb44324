package io.jenkins.plugins.changegate.engine.schedule;

/**
 * One event of a feed.
 *
 * @param uid what it is, in whatever feed and however often it is written
 * @param span when it is; its beginning is rounded down to seconds and its end up, since a feed has no parts of them
 * @param title what it is called; may have several lines
 * @param description more about it; empty for nothing
 */
public record CalendarEntry(String uid, Span span, String title, String description) {}

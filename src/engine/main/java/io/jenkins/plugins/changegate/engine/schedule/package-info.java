/**
 * When something holds: stretches of time that a policy writes or an iCalendar file lists, with all that repeats and
 * with the clocks of every zone; and such a file, written.
 *
 * <p>Texts come from others. What is broken is a
 * {@link io.jenkins.plugins.changegate.engine.schedule.ScheduleException}, nothing is skipped, and the work of every
 * question is bounded. Which libraries read rules and lines cannot be seen from outside of this package.
 */
package io.jenkins.plugins.changegate.engine.schedule;

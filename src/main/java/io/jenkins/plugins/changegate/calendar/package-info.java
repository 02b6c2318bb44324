/** Calendars that policies name by their addresses: whose hosts may be called, and what could last be read. */
package io.jenkins.plugins.changegate.calendar;

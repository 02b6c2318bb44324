/** Text that people wrote: where something stands in it, what is wrong there, and what was probably meant. */
package io.jenkins.plugins.changegate.engine.text;

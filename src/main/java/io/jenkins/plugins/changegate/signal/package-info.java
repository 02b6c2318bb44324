/** Facts from outside of a change that rules ask about: where they come from, and how they are asked for. */
package io.jenkins.plugins.changegate.signal;

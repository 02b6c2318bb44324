/** From a clone and the policies to a judgement: what has to be read, in which order. */
package io.jenkins.plugins.changegate.engine.assess;

/** From what is known of a change and the policies that apply to a judgement. Pure. */
package io.jenkins.plugins.changegate.engine.judge;

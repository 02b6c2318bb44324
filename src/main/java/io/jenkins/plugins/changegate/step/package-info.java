/** The step {@code changeGate}: assess, judge, ask if need be, and follow the deployment to its end. */
package io.jenkins.plugins.changegate.step;

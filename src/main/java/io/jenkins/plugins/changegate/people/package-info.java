/** Jenkins' users as the engine sees them: who somebody is at this moment, who may vote, who stands in for whom. */
package io.jenkins.plugins.changegate.people;

/** What a path is: patterns with the meaning that git gives them, for many paths at once, and kinds of files. */
package io.jenkins.plugins.changegate.engine.path;

/** From the text of a policy to its values: the reader, its schema, what it checks, and hints for authors. */
package io.jenkins.plugins.changegate.engine.syntax;

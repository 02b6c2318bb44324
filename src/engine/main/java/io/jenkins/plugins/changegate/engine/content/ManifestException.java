package io.jenkins.plugins.changegate.engine.content;

/** A manifest that is not of the form that its name promises. */
final class ManifestException extends Exception {
    private static final long serialVersionUID = 1L;

    ManifestException(Throwable cause) {
        super("Not of the form of a manifest", cause);
    }
}

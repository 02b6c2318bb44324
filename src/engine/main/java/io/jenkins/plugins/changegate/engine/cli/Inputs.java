package io.jenkins.plugins.changegate.engine.cli;

import io.jenkins.plugins.changegate.engine.policy.Layer;
import io.jenkins.plugins.changegate.engine.policy.Policy;
import io.jenkins.plugins.changegate.engine.syntax.PolicyReader;
import io.jenkins.plugins.changegate.engine.text.PolicyException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** What the options of several commands name. */
final class Inputs {

    private Inputs() {}

    static Path path(String text) throws Options.UsageException {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new Options.UsageException("this is no path here: " + e.getMessage());
        }
    }

    static String text(String file) throws Options.UsageException {
        try {
            return Files.readString(path(file));
        } catch (IOException e) {
            throw new Options.UsageException("the policy " + file + " cannot be read: " + e);
        }
    }

    static Policy organisation(PolicyReader reader, String file) throws Options.UsageException {
        try {
            return reader.read(Layer.ORGANISATION, file, text(file));
        } catch (PolicyException e) {
            throw new Options.UsageException(e.getMessage());
        }
    }

    /** Returns text as it can be shown on a terminal, whoever wrote it: without characters that command it. */
    static String shown(String text) {
        StringBuilder shown = new StringBuilder();
        text.codePoints()
                .map(c -> c == '\t' ? ' ' : c)
                .map(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT ? '?' : c)
                .forEach(shown::appendCodePoint);
        return shown.toString();
    }
}

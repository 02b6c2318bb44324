package io.jenkins.plugins.changegate.signal;

/** A signal is not known. The message says why; it is shown to people, and must hold no secret. */
public class UnknownSignalException extends Exception {

    private static final long serialVersionUID = 1L;

    /**
     * @param why the end of a sentence that begins with "the signal x is not known:", without a full stop
     */
    public UnknownSignalException(String why) {
        super(why);
    }
}

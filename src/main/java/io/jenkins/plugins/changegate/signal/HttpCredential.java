package io.jenkins.plugins.changegate.signal;

import com.cloudbees.plugins.credentials.CredentialsMatchers;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import hudson.security.ACL;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;

/** Makes the header by which Jenkins shows who it is. */
final class HttpCredential {

    private HttpCredential() {}

    /**
     * Returns the value of the header {@code Authorization}. To be called as the system.
     *
     * @param id of a secret text or of a user name with password
     * @throws UnknownSignalException if there is no such credential
     */
    static String header(String id) throws UnknownSignalException {
        StandardCredentials found = CredentialsMatchers.firstOrNull(
                CredentialsProvider.lookupCredentialsInItemGroup(
                        StandardCredentials.class, Jenkins.get(), ACL.SYSTEM2, List.of()),
                CredentialsMatchers.withId(id));
        if (found instanceof StringCredentials secret) {
            return "Bearer " + secret.getSecret().getPlainText();
        }
        if (found instanceof StandardUsernamePasswordCredentials user) {
            String both = user.getUsername() + ":" + user.getPassword().getPlainText();
            return "Basic " + Base64.getEncoder().encodeToString(both.getBytes(StandardCharsets.UTF_8));
        }
        throw new UnknownSignalException("its credential is gone");
    }
}

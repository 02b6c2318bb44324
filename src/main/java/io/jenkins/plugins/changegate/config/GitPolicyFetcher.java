package io.jenkins.plugins.changegate.config;

import com.cloudbees.plugins.credentials.CredentialsMatchers;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardUsernameCredentials;
import com.cloudbees.plugins.credentials.domains.URIRequirementBuilder;
import hudson.EnvVars;
import hudson.Extension;
import hudson.Util;
import hudson.model.TaskListener;
import hudson.plugins.git.GitException;
import hudson.plugins.git.GitTool;
import hudson.security.ACL;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import jenkins.model.Jenkins;
import org.eclipse.jgit.errors.IncorrectObjectTypeException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.URIish;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.jenkinsci.plugins.gitclient.Git;
import org.jenkinsci.plugins.gitclient.GitClient;

/**
 * Reads a file by Jenkins' git client, into a directory that is deleted again; nothing is checked out. Left out where
 * that plugin is missing.
 */
@Extension(optional = true)
public class GitPolicyFetcher implements PolicyFetcher {

    private static final int MINUTES = 2;

    /** Longest file that is looked at, in bytes: a policy has at most 512 × 1024 characters. */
    private static final long BYTES = 4L * 512 * 1024;

    /** Longest message of git that is repeated, in characters. */
    private static final int LONGEST = 300;

    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}|[0-9a-f]{64}");

    /** Where what is fetched is put. */
    private static final String FETCHED = "refs/change-gate/";

    @Override
    public Fetched fetch(PolicyRepository where, Function<String, Set<String>> others)
            throws IOException, InterruptedException {
        Path parent = Jenkins.get().getRootDir().toPath().resolve("change-gate");
        Path directory = Files.createTempDirectory(Files.createDirectories(parent), "policy");
        try {
            GitClient git = client(where, directory);
            git.init_().workspace(directory.toString()).execute();
            // Whatever git would do afterwards in the background, the directory is gone by then.
            git.config(GitClient.ConfigLevel.LOCAL, "gc.auto", "0");
            git.config(GitClient.ConfigLevel.LOCAL, "maintenance.auto", "false");
            String revision = Util.fixNull(where.getRevision());
            String found = COMMIT.matcher(revision).matches()
                    ? everything(git, where, revision)
                    : tip(git, where, reference(git, where, revision));
            return git.withRepository((repository, channel) -> read(repository, found, where, others));
        } catch (GitException e) {
            throw new IOException(where.words() + " cannot be read: " + shortened(e, directory), e);
        } catch (URISyntaxException e) {
            throw new IOException(Messages.PolicyRepository_wrongUrl(), e);
        } finally {
            Util.deleteRecursive(directory.toFile());
        }
    }

    private static GitClient client(PolicyRepository where, Path directory) throws IOException, InterruptedException {
        EnvVars environment = new EnvVars(EnvVars.masterEnvVars);
        environment.put("GIT_ALLOW_PROTOCOL", PolicyAddress.protocols());
        GitTool tool = GitTool.getDefaultInstallation();
        GitClient git = Git.with(TaskListener.NULL, environment)
                .in(directory.toFile())
                .using(tool == null ? null : tool.getGitExe())
                .getClient();
        if (where.getCredentialsId() != null) {
            git.addDefaultCredentials(credentials(where));
        }
        return git;
    }

    private static StandardUsernameCredentials credentials(PolicyRepository where) throws IOException {
        StandardUsernameCredentials credentials = CredentialsMatchers.firstOrNull(
                CredentialsProvider.lookupCredentialsInItemGroup(
                        StandardUsernameCredentials.class,
                        Jenkins.get(),
                        ACL.SYSTEM2,
                        URIRequirementBuilder.fromUri(where.getUrl()).build()),
                CredentialsMatchers.allOf(
                        CredentialsMatchers.withId(where.getCredentialsId()), GitClient.CREDENTIALS_MATCHER));
        if (credentials == null) {
            throw new IOException("There are no credentials '" + where.getCredentialsId()
                    + "' of Jenkins as a whole that git could use for " + PolicyAddress.lastPart(where.getUrl()));
        }
        return credentials;
    }

    /** Returns the name of the branch or tag; a branch goes before a tag of the same name. */
    private static String reference(GitClient git, PolicyRepository where, String revision)
            throws IOException, InterruptedException {
        Map<String, ObjectId> references = git.getRemoteReferences(where.getUrl(), null, false, false);
        List<String> names = revision.isEmpty()
                ? List.of("HEAD")
                : List.of("refs/heads/" + revision, "refs/tags/" + revision, revision);
        return names.stream()
                .filter(references::containsKey)
                .findFirst()
                .orElseThrow(() -> new IOException("There is no branch and no tag "
                        + (revision.isEmpty() ? "HEAD" : "'" + revision + "'") + " in "
                        + PolicyAddress.lastPart(where.getUrl())
                        + "; a commit has to be named in full, with 40 digits"));
    }

    private static String tip(GitClient git, PolicyRepository where, String reference)
            throws URISyntaxException, InterruptedException {
        git.fetch_()
                .from(new URIish(where.getUrl()), List.of(new RefSpec("+" + reference + ":" + FETCHED + "policy")))
                .shallow(true)
                .depth(1)
                .tags(false)
                .timeout(MINUTES)
                .execute();
        return FETCHED + "policy";
    }

    /** A commit counts only if a branch or a tag leads to it: hosts also show commits of anybody's fork. */
    private static String everything(GitClient git, PolicyRepository where, String commit)
            throws URISyntaxException, InterruptedException {
        git.fetch_()
                .from(
                        new URIish(where.getUrl()),
                        List.of(
                                new RefSpec("+refs/heads/*:" + FETCHED + "heads/*"),
                                new RefSpec("+refs/tags/*:" + FETCHED + "tags/*")))
                .tags(false)
                .timeout(MINUTES)
                .execute();
        return commit;
    }

    private static Fetched read(
            Repository repository, String revision, PolicyRepository where, Function<String, Set<String>> others)
            throws IOException {
        ObjectId id = repository.resolve(revision);
        try (RevWalk walk = new RevWalk(repository)) {
            RevCommit commit = walk.parseCommit(id);
            String in = PolicyAddress.lastPart(where.getUrl()) + " ";
            String at = " at " + commit.name().substring(0, 7);
            String text = file(repository, commit, where.getPath(), in + where.getPath() + at)
                    .orElseThrow(() -> new IOException("There is no " + in + where.getPath() + at));
            Map<String, String> files = new HashMap<>();
            for (String path : others.apply(text)) {
                file(repository, commit, path, in + path + at).ifPresent(other -> files.put(path, other));
            }
            return new Fetched(commit.name(), text, files);
        } catch (MissingObjectException | IncorrectObjectTypeException e) {
            throw new IOException(
                    "No branch and no tag of " + PolicyAddress.lastPart(where.getUrl()) + " leads to the commit "
                            + revision,
                    e);
        }
    }

    private static Optional<String> file(Repository repository, RevCommit commit, String path, String words)
            throws IOException {
        try (TreeWalk found = TreeWalk.forPath(repository, path, commit.getTree())) {
            if (found == null) {
                return Optional.empty();
            }
            if ((found.getRawMode(0) & FileMode.TYPE_MASK) != FileMode.TYPE_FILE) {
                throw new IOException("This is no file: " + words);
            }
            return Optional.of(text(repository.open(found.getObjectId(0)), words));
        }
    }

    private static String text(ObjectLoader file, String at) throws IOException {
        if (file.getSize() > BYTES) {
            throw new IOException("This file is too large: " + at);
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(file.getBytes()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new IOException("This file is not in UTF-8: " + at, e);
        }
    }

    private static String shortened(GitException e, Path directory) {
        // The directory has another name each time, and would make each time another problem.
        String line = String.valueOf(e.getMessage())
                .replace(directory.toString(), "…")
                .replaceAll("\\s+", " ")
                .strip();
        return line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : line;
    }
}

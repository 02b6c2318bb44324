package io.jenkins.plugins.changegate.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is handed to git as an address, a revision or a path is nothing else. */
class PolicyAddressTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://git.example.com/guard-rails.git",
                "http://git.example.com:8080/a/b",
                "ssh://git@git.example.com:22/guard-rails.git",
                "git://git.example.com/guard-rails",
                "git@git.example.com:org/guard-rails.git"
            })
    void isAnAddress(String url) {
        assertThat(PolicyAddress.mistakeInUrl(url)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-u",
                "--upload-pack=touch x",
                "ext::sh -c touch% x",
                "fd::17",
                "/var/lib/jenkins/secrets",
                "../x",
                "C:\\repositories\\x",
                "C:/repositories/x",
                "file:///var/lib/jenkins",
                "FILE:///var/lib/jenkins",
                "https:///no-host",
                "https://user@git.example.com/x",
                "https://user:secret@git.example.com/x",
                "ssh://user:secret@git.example.com/x",
                "ssh://-oProxyCommand=touch%20x/x",
                "ssh://-oProxyCommand=x@git.example.com/x",
                "-oProxyCommand=x@git.example.com:x",
                "git@-oProxyCommand=x:x",
                "git@git.example.com:--upload-pack=x",
                "git@git.example.com:a b",
                "javascript:alert(1)",
                "ftp://git.example.com/x"
            })
    void isNoAddress(String url) {
        assertThat(PolicyAddress.mistakeInUrl(url)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "main",
                "release/1.2",
                "v1.0.0+build",
                "refs/heads/main",
                "da39a3ee5e6b4b0d3255bfef95601890afd80709"
            })
    void isARevision(String revision) {
        assertThat(PolicyAddress.mistakeInRevision(revision)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-x",
                "--upload-pack=x",
                "a..b",
                "a b",
                "a:b",
                "+a:b",
                "*",
                "a^{tree}",
                "a~1",
                "@{-1}",
                "x.lock",
                "a//b",
                "a/",
                "a\nb",
                "/a"
            })
    void isNoRevision(String revision) {
        assertThat(PolicyAddress.mistakeInRevision(revision)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/etc/passwd", "../x", "a/../b", "./a", "a//b", "a/", "-x", "a\\b", "a\nb"})
    void isNoPath(String path) {
        assertThat(PolicyAddress.mistakeInPath(path)).isPresent();
    }

    @Test
    void gitSpeaksToOtherHostsOnly() {
        assertThat(PolicyAddress.protocols()).isEqualTo("https:http:ssh:git");
        assertThat(PolicyAddress.mistakeInPath("gates/change-gate.yml")).isEmpty();
        assertThat(PolicyAddress.lastPart("git@git.example.com:guard-rails.git/"))
                .isEqualTo("guard-rails.git");
        assertThat(PolicyAddress.lastPart("https://h/a/guard-rails")).isEqualTo("guard-rails");
    }
}

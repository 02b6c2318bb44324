/** What an administrator sets: the organisation's policy, the permissions, and where the records are kept. */
package io.jenkins.plugins.changegate.config;

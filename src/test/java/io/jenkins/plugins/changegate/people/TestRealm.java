package io.jenkins.plugins.changegate.people;

import hudson.security.AbstractPasswordBasedSecurityRealm;
import hudson.security.GroupDetails;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UsernameNotFoundException;

/** A realm that knows only some people, and may tell who is in a group. Passwords equal names. */
final class TestRealm extends AbstractPasswordBasedSecurityRealm {

    private final transient Map<String, Set<String>> groupsByUser = new ConcurrentHashMap<>();
    private final transient Set<String> silentAbout = new HashSet<>();
    private transient boolean tellsMembers;

    /** Knows somebody, who is in some groups. */
    TestRealm with(String user, String... groups) {
        groupsByUser.put(user, Set.of(groups));
        return this;
    }

    /** Tells who is in a group. */
    TestRealm tellingMembers() {
        tellsMembers = true;
        return this;
    }

    /** Breaks down when asked about somebody. */
    TestRealm breakingDownAbout(String user) {
        silentAbout.add(user);
        return this;
    }

    @Override
    protected UserDetails authenticate2(String username, String password) {
        if (username.equals(password)) {
            return loadUserByUsername2(username);
        }
        throw new BadCredentialsException(username);
    }

    @Override
    public UserDetails loadUserByUsername2(String username) {
        if (silentAbout.contains(username)) {
            throw new AuthenticationServiceException("down");
        }
        Set<String> groups = groupsByUser.get(username);
        if (groups == null) {
            throw new UsernameNotFoundException(username);
        }
        List<GrantedAuthority> authorities = new ArrayList<>(List.of(AUTHENTICATED_AUTHORITY2));
        groups.forEach(group -> authorities.add(new SimpleGrantedAuthority(group)));
        return new User(username, "", true, true, true, true, authorities);
    }

    @Override
    public GroupDetails loadGroupByGroupname2(String group, boolean fetchMembers) {
        if (!tellsMembers) {
            throw new UnsupportedOperationException(group);
        }
        Set<String> members = new HashSet<>();
        groupsByUser.forEach((user, groups) -> {
            if (groups.contains(group)) {
                members.add(user);
            }
        });
        return new GroupDetails() {
            @Override
            public String getName() {
                return group;
            }

            @Override
            public Set<String> getMembers() {
                return members;
            }
        };
    }
}

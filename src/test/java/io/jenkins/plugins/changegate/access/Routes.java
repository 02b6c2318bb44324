package io.jenkins.plugins.changegate.access;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import hudson.model.ModelObject;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.Dispatcher;
import org.kohsuke.stapler.MetaClass;
import org.kohsuke.stapler.WebApp;

/**
 * The plugin's routes as Stapler itself has them: every method and view that a URL can reach, asked of the very table
 * that requests are dispatched by, after Jenkins' own filters.
 */
final class Routes {

    private static final String ROOT = "io.jenkins.plugins.changegate";
    private static final Pattern METHOD = Pattern.compile("(" + Pattern.quote(ROOT) + "[\\w.$]*)\\.(\\w+)\\(");

    private Routes() {}

    /** Returns every route as {@code Type.method} or {@code Type/view}. */
    static Set<String> all() throws ClassNotFoundException {
        Set<String> routes = new TreeSet<>();
        WebApp app = WebApp.get(Jenkins.get().getServletContext());
        for (Class<?> type : types()) {
            MetaClass meta = app.getMetaClass(type);
            for (Dispatcher dispatcher : meta.dispatchers) {
                String route = dispatcher.toString();
                Matcher method = METHOD.matcher(route);
                if (!route.startsWith("BLOCKED") && method.find()) {
                    routes.add(name(type) + "." + method.group(2));
                }
            }
            views(type, routes);
        }
        return routes;
    }

    /** Whatever Stapler could be standing on: everything of ours that is shown, and everything inside of it. */
    private static Collection<Class<?>> types() throws ClassNotFoundException {
        Set<Class<?>> types = new LinkedHashSet<>();
        ClassLoader loader = Jenkins.get().getPluginManager().uberClassLoader;
        for (JavaClass type : new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages(ROOT)) {
            boolean engine = type.getPackageName().startsWith(ROOT + ".engine");
            if (!engine && !type.isInterface() && !type.getModifiers().contains(JavaModifier.ABSTRACT)) {
                Class<?> loaded = Class.forName(type.getName(), false, loader);
                if (ModelObject.class.isAssignableFrom(loaded) || hasWebMethod(loaded)) {
                    types.add(loaded);
                }
            }
        }
        return types;
    }

    private static boolean hasWebMethod(Class<?> type) {
        return Arrays.stream(type.getMethods())
                .filter(method -> method.getDeclaringClass().getName().startsWith(ROOT))
                .anyMatch(method -> method.getName().matches("(do|js)[A-Z].*"));
    }

    private static void views(Class<?> type, Set<String> routes) {
        String folder = type.getName().replace('.', '/').replace('$', '/');
        for (String view : new String[] {"index", "summary", "box", "main", "action"}) {
            if (type.getClassLoader().getResource(folder + "/" + view + ".jelly") != null) {
                routes.add(name(type) + "/" + view);
            }
        }
    }

    private static String name(Class<?> type) {
        return type.getName().substring(type.getPackageName().length() + 1).replace('$', '.');
    }
}

package io.jenkins.plugins.changegate.view;

import java.net.URL;
import java.util.ArrayList;
import java.util.List;
import net.sf.json.JSON;
import net.sf.json.JSONSerializer;
import org.htmlunit.HttpMethod;
import org.htmlunit.Page;
import org.htmlunit.WebRequest;
import org.htmlunit.WebResponse;
import org.htmlunit.html.HtmlPage;
import org.htmlunit.util.NameValuePair;
import org.jvnet.hudson.test.JenkinsRule;

/** One user with a browser without scripts, or with a script. */
final class Browser implements AutoCloseable {

    private final JenkinsRule jenkins;
    private final JenkinsRule.WebClient client;

    /**
     * @param user who is logged in; empty for nobody
     */
    Browser(JenkinsRule jenkins, String user) throws Exception {
        this.jenkins = jenkins;
        client = jenkins.createWebClient();
        client.getOptions().setThrowExceptionOnFailingStatusCode(false);
        client.getOptions().setJavaScriptEnabled(false);
        // The page that turns somebody away would otherwise lead to the login form.
        client.setRefreshHandler((page, url, seconds) -> {});
        if (!user.isEmpty()) {
            client.login(user);
        }
    }

    Page get(String path) throws Exception {
        return client.goTo(path, null);
    }

    HtmlPage page(String path) throws Exception {
        return (HtmlPage) get(path);
    }

    JSON json(String path) throws Exception {
        return JSONSerializer.toJSON(get(path).getWebResponse().getContentAsString());
    }

    int status(String path) throws Exception {
        return get(path).getWebResponse().getStatusCode();
    }

    /** Posts as a form does; parameters are names and values in turn. */
    WebResponse post(String path, String... parameters) throws Exception {
        return post("text/html", client.createCrumbedUrl(path), parameters);
    }

    /** Posts as a program does that wants JSON. */
    WebResponse postForJson(String path, String... parameters) throws Exception {
        return post("application/json", client.createCrumbedUrl(path), parameters);
    }

    WebResponse postWithoutCrumb(String path, String... parameters) throws Exception {
        return post("text/html", new URL(jenkins.getURL(), path), parameters);
    }

    private WebResponse post(String accept, URL address, String... parameters) throws Exception {
        WebRequest request = new WebRequest(address, HttpMethod.POST);
        request.setAdditionalHeader("Accept", accept);
        List<NameValuePair> pairs = new ArrayList<>();
        for (int i = 0; i < parameters.length; i += 2) {
            pairs.add(new NameValuePair(parameters[i], parameters[i + 1]));
        }
        request.setRequestParameters(pairs);
        return client.getPage(request).getWebResponse();
    }

    @Override
    public void close() {
        client.close();
    }
}

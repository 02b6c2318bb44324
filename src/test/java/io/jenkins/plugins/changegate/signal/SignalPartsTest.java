package io.jenkins.plugins.changegate.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.changegate.http.AllowedHosts;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.codehaus.groovy.runtime.GStringImpl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Addresses, hosts, answers and claims, without anybody to call. */
class SignalPartsTest {

    private static URI fill(String template, String service, String environment, String head) throws Exception {
        return new AddressTemplate(template).fill(new SignalSource.Request(null, service, environment, head, null));
    }

    @Test
    void whatIsDeployedIsPutIntoTheAddressAndChangesNothingElseOfIt() throws Exception {
        assertThat(fill("https://h.example/a/{service}/{environment}?c={head}&s={service}", "shop", "eu", "abc"))
                .isEqualTo(URI.create("https://h.example/a/shop/eu?c=abc&s=shop"));
        URI hostile = fill("https://h.example/a/{service}?q={environment}", "x/y?z=1&a#f@evil {head}+%", "ä&b=c", "");
        assertThat(hostile.getHost()).isEqualTo("h.example");
        assertThat(hostile.getRawFragment()).isNull();
        assertThat(hostile.getRawPath()).isEqualTo("/a/x%2Fy%3Fz%3D1%26a%23f%40evil%20%7Bhead%7D%2B%25");
        assertThat(hostile.getRawQuery()).isEqualTo("q=%C3%A4%26b%3Dc");
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", ".", "a/../../admin", "..\\admin", "a/..", "..;/admin", "x\u0000/.."})
    void aNameThatLeadsToAnotherPlaceIsNotCalled(String service) {
        assertThatThrownBy(() -> fill("https://h.example/api/{service}/coverage", service, "eu", ""))
                .isInstanceOf(UnknownSignalException.class)
                .hasMessageContaining("cannot be part of its address");
        assertThatThrownBy(() -> fill("https://h.example/api/{environment}{service}/coverage", service, "", ""))
                .isInstanceOf(UnknownSignalException.class);
    }

    @Test
    void dotsOfTwoNamesAreNotPutTogether() {
        assertThatThrownBy(() -> fill("https://h.example/{service}{environment}/x", ".", ".", ""))
                .isInstanceOf(UnknownSignalException.class);
        assertThatThrownBy(() -> fill("https://h.example/{service}", "x".repeat(5000), "", ""))
                .isInstanceOf(UnknownSignalException.class);
        assertThatThrownBy(() -> fill("https://h.example/{head}", "x", "y", ""))
                .isInstanceOf(UnknownSignalException.class)
                .hasMessageContaining("not known");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "h.example/x",
                "ftp://h.example/",
                "file:///etc/passwd",
                "https://{service}/",
                "https://{service}.h.example/",
                "https://h.example:{service}/",
                "{service}://h.example/",
                "https://u:p@h.example/",
                "https://{service}@h.example/",
                "https://h.example/{other}",
                "https://h.example/a b",
                "https://h.example/#x",
                "https:///x"
            })
    void otherAddressesAreNotTaken(String address) {
        assertThat(AddressTemplate.mistake(address)).isPresent();
        assertThatThrownBy(() -> new HttpSignal("a", address, "", "", 5, false))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "https://sonar.example.org/x, true",
        "https://SONAR.example.org:443/x, true",
        "http://sonar.example.org/x, false",
        "https://sonar.example.org:8443/x, false",
        "https://sonar.example.org.evil.example/x, false",
        "https://a.sonar.example.org/x, false",
        "https://user@sonar.example.org/x, false",
        "https://other.example.org:9000/x, true",
        "https://other.example.org/x, false",
        "http://10.0.0.7:8080/x, true",
        "https://10.0.0.7:8080/x, false",
        "http://10.0.0.7/x, false",
        "ftp://sonar.example.org/x, false",
        "file:/etc/passwd, false"
    })
    void onlyTheSameSchemeHostAndPortAreAllowed(URI address, boolean allowed) {
        AllowedHosts hosts =
                AllowedHosts.parse("sonar.example.org, https://other.example.org:9000\n http://10.0.0.7:8080 ");
        assertThat(hosts.permit(address)).isEqualTo(allowed);
        assertThat(AllowedHosts.parse(" ").permit(address)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"*", "*.example.org", "a/b", "http://", "ftp://a", "a@b", "a:b", "https://a/", "a?b", "a#b"})
    void whatIsNoHostIsNotTaken(String host) {
        assertThatThrownBy(() -> AllowedHosts.parse("good.example " + host))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(host);
    }

    private static Object value(String answer, String pointer) throws UnknownSignalException {
        return JsonValue.of(answer.getBytes(StandardCharsets.UTF_8), pointer);
    }

    @Test
    void valuesAreTakenOutOfAnAnswer() throws Exception {
        String answer = "{\"a\":[{\"v\":81.5}],\"n\":3,\"t\":\"no\",\"b\":true,\"x/y\":-1}";
        assertThat(value(answer, "/a/0/v")).isEqualTo(81.5);
        assertThat(value(answer, "/n")).isEqualTo(3L);
        assertThat(value(answer, "/t")).isEqualTo("no");
        assertThat(value(answer, "/b")).isEqualTo(true);
        assertThat(value(answer, "/x~1y")).isEqualTo(-1L);
        assertThat(value("12", "")).isEqualTo("12");
        assertThat(value(" all good\n", "")).isEqualTo("all good");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '|',
            value = {
                "{\"a\":{\"s3cret\":1}}, /a, no single value",
                "{\"a\":[\"s3cret\"]}, /a, no single value",
                "{\"a\":null}, /a, nothing at",
                "{\"s3cret\":1}, /a, nothing at",
                "s3cret, /a, not JSON",
                "{\"a\":1, /a, not JSON",
                "{\"a\":1e999}, /a, too large a number",
                "{\"a\":99999999999999999999}, /a, too large a number",
                "{\"a\":\"\"}, /a, empty",
                "||, ||, empty"
            })
    void whatIsNoValueIsNotKnownAndNothingOfTheAnswerIsSaid(String answer, String pointer, String why) {
        assertThatThrownBy(() -> value(answer, pointer))
                .isInstanceOf(UnknownSignalException.class)
                .hasMessageContaining(why)
                .hasMessageNotContaining("s3cret")
                .hasNoCause();
        assertThatThrownBy(() -> value("x".repeat(1001), "")).isInstanceOf(UnknownSignalException.class);
        assertThatThrownBy(() -> value("[".repeat(60_000), "/a")).isInstanceOf(UnknownSignalException.class);
    }

    @Test
    void whatAPipelineSaysBecomesANumberATextOrATruthValue() {
        Map<String, Object> said = new HashMap<>();
        said.put("int", 0);
        said.put("long", 5L);
        said.put("decimal", new BigDecimal("81.5"));
        said.put("float", 0.5f);
        said.put("text", "no");
        said.put("gstring", new GStringImpl(new Object[] {2}, new String[] {"v", ""}));
        said.put("truth", true);
        assertThat(ClaimedSignals.checked(said))
                .isEqualTo(Map.of(
                        "int", 0L, "long", 5L, "decimal", 81.5, "float", 0.5, "text", "no", "gstring", "v2", "truth",
                        true));
    }

    @Test
    void whatElseAPipelineSaysIsAnError() {
        for (Object wrong : new Object[] {
            List.of(1), Map.of("a", 1), BigInteger.TEN, new BigDecimal("1e999"), Double.NaN, "x".repeat(1001), 'c', null
        }) {
            assertThatThrownBy(() -> ClaimedSignals.checked(Collections.singletonMap("coverage", wrong)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("'coverage' must be a number");
        }
        for (Object name : new Object[] {"", "a b", "a'b", "x".repeat(101), 1, null, ".a"}) {
            assertThatThrownBy(() -> ClaimedSignals.checked(Collections.singletonMap(name, 1)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("needs a name");
        }
    }

    @Test
    void otherSignalsByHttpAreNotTaken() {
        String address = "https://h.example/{service}";
        assertThat(new HttpSignal(" a.b ", address, " ", null, null, false))
                .satisfies(signal -> assertThat(signal.getName()).isEqualTo("a.b"))
                .satisfies(signal -> assertThat(signal.getTimeout()).isEqualTo(5))
                .satisfies(signal -> assertThat(signal.getCredentialsId()).isNull());
        for (String name : List.of("", "claimed.coverage", "a b", "1a", "x".repeat(101))) {
            assertThatThrownBy(() -> new HttpSignal(name, address, "", "", 5, false))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        for (int timeout : new int[] {-1, 0, 31}) {
            assertThatThrownBy(() -> new HttpSignal("a", address, "", "", timeout, false))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> new HttpSignal("a", address, "", "x", 5, false))
                .isInstanceOf(IllegalArgumentException.class);
    }
}

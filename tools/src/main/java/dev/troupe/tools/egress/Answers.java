package dev.troupe.tools.egress;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.troupe.tools.egress.Verdict.Refused;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the proxy itself has to say. It is in the body, as JSON, and in the status line: some clients show only the one,
 * some only the other.
 */
final class Answers {
    private static final int MOST = 240;
    private static final JsonMapper JSON = new JsonMapper();

    private Answers() {}

    static FullHttpResponse of(Refused refused, boolean keepAlive) {
        String body = json(refused);
        FullHttpResponse response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1,
                new HttpResponseStatus(refused.status(), ascii(refused.message())),
                Unpooled.copiedBuffer(body, StandardCharsets.UTF_8));
        response.headers().set(HttpHeaderNames.CONTENT_TYPE, "application/json; charset=utf-8");
        response.headers()
                .set(HttpHeaderNames.CONTENT_LENGTH, response.content().readableBytes());
        Long retryAfter = refused.retryAfter();
        if (retryAfter != null) {
            response.headers().set(HttpHeaderNames.RETRY_AFTER, retryAfter);
        }
        HttpUtil.setKeepAlive(response, keepAlive);
        return response;
    }

    /** One that nothing follows; without a body, which is not read after a refused CONNECT. */
    static byte[] line(int status, String message) {
        return ("HTTP/1.1 " + status + " " + ascii(message) + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static String ascii(String text) {
        String line = text.replaceAll("[^\\x20-\\x7e]", "?");
        return line.length() > MOST ? line.substring(0, MOST) : line;
    }

    private static String json(Refused refused) {
        Map<String, String> error = new LinkedHashMap<>();
        error.put("type", refused.status() >= 500 ? "network_failed" : "network_refused");
        error.put("message", refused.message());
        error.put("hint", refused.hint());
        try {
            return JSON.writeValueAsString(Map.of("error", error)) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("texts that are no JSON", e);
        }
    }
}

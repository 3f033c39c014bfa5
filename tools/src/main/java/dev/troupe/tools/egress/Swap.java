package dev.troupe.tools.egress;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;

/** The secrets of a conversation, in the place of their stand-ins in a request's path, query, headers and body. */
final class Swap {
    private static final String BASIC = "Basic ";
    private static final Set<HttpMethod> WITH_BODY = Set.of(HttpMethod.POST, HttpMethod.PUT, HttpMethod.PATCH);

    private final List<SecretGrant> secrets;
    private final Map<String, String> standIns;

    /** @param standIns by the secrets' names */
    Swap(List<SecretGrant> secrets, Map<String, String> standIns) {
        this.secrets = secrets;
        this.standIns = standIns;
    }

    /** The values by their stand-ins. */
    Map<String, String> values() {
        Map<String, String> values = new LinkedHashMap<>();
        for (SecretGrant secret : secrets) {
            values.put(standIn(secret), secret.value().reveal());
        }
        return values;
    }

    /**
     * The name of a secret whose stand-in is in the request though the host may not have it; null when there is none.
     * A stand-in that is none of this conversation's is for no host.
     */
    @Nullable
    String misplaced(FullHttpRequest request, String host) {
        List<String> texts = new ArrayList<>(List.of(request.uri()));
        request.headers().forEach(header -> {
            texts.add(header.getKey());
            texts.add(header.getValue());
            texts.add(basic(header.getValue()));
        });
        if (mayHold(request.content())) {
            texts.add(request.content().toString(StandardCharsets.ISO_8859_1));
        }
        for (String text : texts) {
            String name = misplaced(text, host);
            if (name != null) {
                return name;
            }
        }
        return null;
    }

    private @Nullable String misplaced(String text, String host) {
        if (!text.contains(StandIns.BEGINNING)) {
            return null;
        }
        String rest = text;
        for (SecretGrant secret : secrets) {
            if (rest.contains(standIn(secret))) {
                if (!secret.hosts().contains(host)) {
                    return secret.name();
                }
                rest = rest.replace(standIn(secret), "");
            }
        }
        Matcher strange = StandIns.SHAPE.matcher(rest);
        return strange.find() ? strange.group(1) : null;
    }

    /** The same request with the values that the host may have. The caller owns it, and still owns the given one. */
    FullHttpRequest withValues(FullHttpRequest request, String host, String uri) {
        List<SecretGrant> bound =
                secrets.stream().filter(secret -> secret.hosts().contains(host)).toList();
        HttpHeaders headers = DefaultHttpHeadersFactory.headersFactory().newHeaders();
        request.headers().forEach(header -> headers.add(header.getKey(), header(header.getValue(), bound)));
        ByteBuf content = body(request, bound);
        FullHttpRequest swapped = new DefaultFullHttpRequest(
                request.protocolVersion(),
                request.method(),
                replace(uri, bound, Disguises::percentEncoded),
                content,
                headers,
                request.trailingHeaders().copy());
        headers.remove(HttpHeaderNames.TRANSFER_ENCODING);
        if (content.isReadable() || WITH_BODY.contains(request.method())) {
            headers.set(HttpHeaderNames.CONTENT_LENGTH, content.readableBytes());
        } else {
            headers.remove(HttpHeaderNames.CONTENT_LENGTH);
        }
        return swapped;
    }

    private String header(String value, List<SecretGrant> bound) {
        String credentials = basic(value);
        if (credentials.contains(StandIns.BEGINNING)) {
            byte[] swapped =
                    replace(credentials, bound, UnaryOperator.identity()).getBytes(StandardCharsets.ISO_8859_1);
            return BASIC + Base64.getEncoder().encodeToString(swapped);
        }
        return replace(value, bound, UnaryOperator.identity());
    }

    private ByteBuf body(FullHttpRequest request, List<SecretGrant> bound) {
        if (bound.isEmpty() || !mayHold(request.content())) {
            return request.content().retainedDuplicate();
        }
        String type = request.headers().get(HttpHeaderNames.CONTENT_TYPE, "").toLowerCase(Locale.ROOT);
        UnaryOperator<String> encoding = type.contains("json")
                ? Disguises::jsonEscaped
                : type.contains("urlencoded") ? Disguises::percentEncoded : UnaryOperator.identity();
        String text = request.content().toString(StandardCharsets.ISO_8859_1);
        return Unpooled.wrappedBuffer(replace(text, bound, encoding).getBytes(StandardCharsets.ISO_8859_1));
    }

    private static boolean mayHold(ByteBuf content) {
        ByteBuf needle = Unpooled.wrappedBuffer(StandIns.BEGINNING.getBytes(StandardCharsets.US_ASCII));
        return ByteBufUtil.indexOf(needle, content) >= 0;
    }

    private String replace(String text, List<SecretGrant> bound, UnaryOperator<String> encoding) {
        String replaced = text;
        for (SecretGrant secret : bound) {
            if (replaced.contains(standIn(secret))) {
                replaced = replaced.replace(
                        standIn(secret), encoding.apply(secret.value().reveal()));
            }
        }
        return replaced;
    }

    /** What credentials of the Basic scheme say; empty for anything else. */
    private static String basic(String header) {
        if (!header.regionMatches(true, 0, BASIC, 0, BASIC.length())) {
            return "";
        }
        try {
            byte[] decoded =
                    Base64.getDecoder().decode(header.substring(BASIC.length()).strip());
            return new String(decoded, StandardCharsets.ISO_8859_1);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    private String standIn(SecretGrant secret) {
        String known = standIns.get(secret.name());
        if (known == null) {
            throw new IllegalStateException("no stand-in for " + secret.name());
        }
        return known;
    }
}

package io.gatehouse.policy.retain;

import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.identity.PersonKind;
import io.gatehouse.core.keep.KeptItem;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * What a batch is about to destroy, as it is kept, sealed, until it is done: without it a program that dies half-way could
 * not say afterwards what it destroyed.
 *
 * @param items  to be destroyed
 * @param sample bytes sealed for the owner of the first item that has some; empty if none has
 * @param sampleOf whose
 */
record BatchPayload(List<KeptItem> items, byte[] sample, Optional<PersonId> sampleOf) {
    byte[] encode() {
        Base64.Encoder base64 = Base64.getEncoder();
        StringBuilder text = new StringBuilder()
                .append(sampleOf.map(PersonId::value).orElse(""))
                .append('\t')
                .append(base64.encodeToString(sample))
                .append('\n');
        for (KeptItem item : items) {
            text.append(item.startedAt().toEpochMilli())
                    .append('\t')
                    .append(item.place().orElse(""))
                    .append('\t')
                    .append(item.kind().map(PersonKind::name).orElse(""))
                    .append('\t')
                    .append(item.owner().map(PersonId::value).orElse(""))
                    .append('\t')
                    .append(base64.encodeToString(item.id().getBytes(StandardCharsets.UTF_8)))
                    .append('\n');
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    static BatchPayload decode(byte[] bytes) {
        List<String> lines = new String(bytes, StandardCharsets.UTF_8).lines().toList();
        String[] head = lines.get(0).split("\t", -1);
        List<KeptItem> items = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            String[] fields = line.split("\t", -1);
            items.add(new KeptItem(
                    new String(Base64.getDecoder().decode(fields[4]), StandardCharsets.UTF_8),
                    some(fields[3]).map(PersonId::of),
                    Instant.ofEpochMilli(Long.parseLong(fields[0])),
                    some(fields[1]),
                    some(fields[2]).map(PersonKind::valueOf)));
        }
        return new BatchPayload(
                items, Base64.getDecoder().decode(head[1]), some(head[0]).map(PersonId::of));
    }

    private static Optional<String> some(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }
}

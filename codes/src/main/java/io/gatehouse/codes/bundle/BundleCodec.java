package io.gatehouse.codes.bundle;

import io.gatehouse.codes.internal.cbor.CborException;
import io.gatehouse.codes.internal.cbor.CborReader;
import io.gatehouse.codes.internal.cbor.CborWriter;
import io.gatehouse.codes.keys.KeyRing;
import io.gatehouse.codes.token.ZoneTable;
import io.gatehouse.core.place.ZoneCode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The bytes of a bundle before it is signed, laid out in STATUS-FORMAT.md: each has one encoding. Stateless. */
final class BundleCodec {
    /** As much as a gate reads at all. */
    static final int MAX_BUNDLE = 8 << 20;

    private static final int COUNTER = 1;
    private static final int ISSUED_AT = 2;
    private static final int KEYS = 3;
    private static final int STATUS_LISTS = 4;
    private static final int ZONES = 5;
    private static final int POLICY = 6;
    private static final int TIME_ZONES = 7;
    private static final int REQUIRED = 3;
    private static final int MAX_ENTRIES = 7;

    private static final int MAX_ZONES = 256;
    private static final int MAX_ZONE_VERSION = 0xFFFF;
    private static final int MAX_NAME = 256;

    private BundleCodec() {}

    static byte[] encode(Bundle bundle) {
        int parts = (int) Stream.of(bundle.keys(), bundle.zones(), bundle.policy(), bundle.timeZones())
                .filter(Optional::isPresent)
                .count();
        CborWriter out = new CborWriter()
                .mapHead(REQUIRED + parts)
                .integer(COUNTER)
                .integer(bundle.counter())
                .integer(ISSUED_AT)
                .integer(bundle.issuedAt().getEpochSecond());
        writePart(out, KEYS, 3, bundle.keys(), ring -> KeyCodec.write(out, ring));
        out.integer(STATUS_LISTS).arrayHead(bundle.statusLists().size());
        bundle.statusLists().forEach(out::bytes);
        writePart(out, ZONES, 5, bundle.zones(), table -> writeZones(out, table));
        writePart(
                out,
                POLICY,
                5,
                bundle.policy(),
                policy -> out.text(policy.type()).integer(policy.version()).bytes(policy.bytes()));
        writePart(out, TIME_ZONES, 3, bundle.timeZones(), out::text);
        return out.toByteArray();
    }

    private static <T> void writePart(
            CborWriter out, int key, int items, Optional<Part<T>> part, Consumer<? super T> write) {
        part.ifPresent(present -> {
            out.integer(key)
                    .arrayHead(items)
                    .integer(present.asOf().getEpochSecond())
                    .integer(present.maxAge().toSeconds());
            write.accept(present.value());
        });
    }

    private static void writeZones(CborWriter out, ZoneTable table) {
        out.integer(table.version()).arrayHead(table.zones().size());
        table.zones().forEach(zone -> out.text(zone.value()));
        out.arrayHead(table.withdrawn().size());
        table.withdrawn().stream().mapToInt(table.zones()::indexOf).sorted().forEach(out::integer);
    }

    static Bundle decode(byte[] payload) throws CborException {
        CborReader reader = CborReader.of(payload, MAX_BUNDLE);
        Parts parts = new Parts();
        int count = reader.readIntegerMap(MAX_ENTRIES, key -> parts.read(key, reader));
        reader.requireEnd();
        if (parts.required != REQUIRED) {
            throw new CborException("a bundle of " + count + " entries lacks its counter, its time or its lists");
        }
        try {
            return parts.toBundle();
        } catch (IllegalArgumentException e) {
            throw new CborException(String.valueOf(e.getMessage()));
        }
    }

    /** Reads what follows the head, the time and the age of a part. */
    @FunctionalInterface
    private interface Value<T> {
        T read() throws CborException;
    }

    /** The entries while they are read. */
    private static final class Parts {
        private int required;
        private long counter;
        private Instant issuedAt = Instant.EPOCH;
        private Optional<Part<KeyRing>> keys = Optional.empty();
        private final List<byte[]> statusLists = new ArrayList<>();
        private Optional<Part<ZoneTable>> zones = Optional.empty();
        private Optional<Part<PolicySnapshot>> policy = Optional.empty();
        private Optional<Part<String>> timeZones = Optional.empty();

        void read(long key, CborReader reader) throws CborException {
            if (key == COUNTER) {
                counter = reader.readUnsigned(Long.MAX_VALUE);
                required++;
            } else if (key == ISSUED_AT) {
                issuedAt = Instant.ofEpochSecond(reader.readUnsigned(Part.MAX_SECONDS));
                required++;
            } else if (key == KEYS) {
                keys = Optional.of(part(reader, 3, () -> KeyCodec.readRing(reader)));
            } else if (key == STATUS_LISTS) {
                readLists(reader);
                required++;
            } else if (key == ZONES) {
                zones = Optional.of(part(reader, 5, () -> readZones(reader)));
            } else if (key == POLICY) {
                policy = Optional.of(part(reader, 5, () -> readPolicy(reader)));
            } else if (key == TIME_ZONES) {
                timeZones = Optional.of(part(reader, 3, () -> reader.readText(Bundle.MAX_TIME_ZONES)));
            } else {
                throw new CborException("the entry " + key + " is not one of a bundle");
            }
        }

        private static <T> Part<T> part(CborReader reader, int items, Value<T> value) throws CborException {
            reader.readArrayHead(items, items);
            Instant asOf = Instant.ofEpochSecond(reader.readUnsigned(Part.MAX_SECONDS));
            Duration maxAge = Duration.ofSeconds(reader.readUnsigned(Part.MAX_SECONDS));
            try {
                return new Part<>(value.read(), asOf, maxAge);
            } catch (IllegalArgumentException e) {
                throw new CborException(String.valueOf(e.getMessage()));
            }
        }

        private void readLists(CborReader reader) throws CborException {
            int count = reader.readArrayHead(0, Bundle.MAX_LISTS);
            for (int at = 0; at < count; at++) {
                statusLists.add(reader.readBytes(MAX_BUNDLE));
            }
        }

        private static ZoneTable readZones(CborReader reader) throws CborException {
            int version = (int) reader.readUnsigned(MAX_ZONE_VERSION);
            int count = reader.readArrayHead(0, MAX_ZONES);
            List<ZoneCode> zones = new ArrayList<>();
            for (int at = 0; at < count; at++) {
                zones.add(ZoneCode.of(reader.readText(MAX_NAME)));
            }
            int withdrawnCount = reader.readArrayHead(0, count);
            Set<ZoneCode> withdrawn = new HashSet<>();
            int previous = -1;
            for (int at = 0; at < withdrawnCount; at++) {
                int bit = (int) reader.readUnsigned(count - 1L);
                if (bit <= previous) {
                    throw new CborException("the withdrawn zones do not ascend");
                }
                withdrawn.add(zones.get(bit));
                previous = bit;
            }
            return new ZoneTable(version, zones, withdrawn);
        }

        private static PolicySnapshot readPolicy(CborReader reader) throws CborException {
            String type = reader.readText(MAX_NAME);
            long version = reader.readUnsigned(Long.MAX_VALUE);
            return new PolicySnapshot(type, version, reader.readBytes(PolicySnapshot.MAX_BYTES));
        }

        Bundle toBundle() {
            return new Bundle(counter, issuedAt, keys, statusLists, zones, policy, timeZones);
        }
    }
}

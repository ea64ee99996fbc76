package io.gatehouse.core.presence;

import io.gatehouse.core.place.PortalId;
import io.gatehouse.core.place.ZoneCode;
import io.gatehouse.core.presence.Place.Naming;
import io.gatehouse.core.presence.Zones.Zone;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The bytes of a projection: "GKPR" and 2, the version (1 named people in clear); the options that they depend on; the next entry and the leaf
 * hash of the last; people, zones and anomalies; SHA-256 over all of it, against damage.
 *
 * @param next         the first entry that is not in it
 * @param lastLeafHash of the entry before that; empty text if there is none
 */
record PresenceSnapshot(long next, String lastLeafHash, Crowd crowd) {
    private static final int MAGIC = 0x474b5052;
    private static final int VERSION = 2;
    private static final int DIGEST_BYTES = 32;
    private static final int MIN_RECORD_BYTES = 8;

    byte[] encode(PresenceOptions options) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(MAGIC);
            out.writeByte(VERSION);
            out.writeLong(options.bucket().toSeconds());
            out.writeInt(options.maxBuckets());
            out.writeInt(options.maxAnomalies());
            out.writeLong(next);
            out.writeUTF(lastLeafHash);
            writeInstant(out, crowd.newest);
            writePeople(out);
            writeZones(out);
            writeAnomalies(out);
        } catch (IOException e) {
            throw new UncheckedIOException("bytes in memory cannot be written", e);
        }
        byte[] content = bytes.toByteArray();
        byte[] whole = Arrays.copyOf(content, content.length + DIGEST_BYTES);
        System.arraycopy(digest(content), 0, whole, content.length, DIGEST_BYTES);
        return whole;
    }

    private void writePeople(DataOutputStream out) throws IOException {
        out.writeInt(crowd.people.size());
        for (Map.Entry<String, Place> each : crowd.people.places().entrySet()) {
            Place place = each.getValue();
            out.writeUTF(Roster.isPseudonym(each.getKey()) ? each.getKey() : "");
            out.writeLong(place.index);
            out.writeUTF(place.zone.value());
            writeInstant(out, place.since);
            ZoneCode maybe = place.maybe;
            out.writeUTF(maybe == null ? "" : maybe.value());
            writeInstant(out, place.maybeAt);
        }
    }

    private void writeZones(DataOutputStream out) throws IOException {
        out.writeInt(crowd.zones.all().size());
        for (Map.Entry<ZoneCode, Zone> each : crowd.zones.all().entrySet()) {
            out.writeUTF(each.getKey().value());
            out.writeInt(each.getValue().known());
            out.writeInt(each.getValue().anonymous);
            each.getValue().series.write(out);
        }
    }

    private void writeAnomalies(DataOutputStream out) throws IOException {
        Map<Anomaly.Kind, Long> counts = crowd.anomalies.counts();
        out.writeInt(counts.size());
        for (Map.Entry<Anomaly.Kind, Long> each : counts.entrySet()) {
            out.writeUTF(each.getKey().name());
            out.writeLong(each.getValue());
        }
        List<Anomaly> anomalies = crowd.anomalies.list();
        out.writeInt(anomalies.size());
        for (Anomaly each : anomalies) {
            out.writeUTF(each.kind().name());
            out.writeLong(each.index());
            writeInstant(out, each.at());
            out.writeUTF(each.portal().map(PortalId::value).orElse(""));
            out.writeUTF(each.zone().value());
        }
    }

    static PresenceSnapshot decode(byte[] whole, PresenceOptions options) {
        int length = whole.length - DIGEST_BYTES;
        if (length < 0
                || !MessageDigest.isEqual(
                        digest(Arrays.copyOf(whole, length)), Arrays.copyOfRange(whole, length, whole.length))) {
            throw new IllegalArgumentException("this is no snapshot of presence, or it was cut or altered");
        }
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(whole, 0, length))) {
            if (in.readInt() != MAGIC || in.readByte() != VERSION) {
                throw new IllegalArgumentException("this is no snapshot of version " + VERSION);
            }
            if (in.readLong() != options.bucket().toSeconds()
                    || in.readInt() != options.maxBuckets()
                    || in.readInt() != options.maxAnomalies()) {
                throw new IllegalArgumentException("the snapshot is of other options");
            }
            return read(in, options);
        } catch (IOException | DateTimeException e) {
            throw new IllegalArgumentException("a snapshot of presence was cut or altered", e);
        }
    }

    private static PresenceSnapshot read(DataInputStream in, PresenceOptions options) throws IOException {
        long next = in.readLong();
        String lastLeafHash = in.readUTF();
        Crowd crowd = new Crowd(options);
        crowd.newest = readInstant(in);
        for (int left = readCount(in); left > 0; left--) {
            String pseudonym = in.readUTF();
            Place place = readPlace(in, next);
            String key = pseudonym.isEmpty() ? Roster.UNKNOWN + place.index : pseudonym;
            crowd.people.put(key, place);
            if (pseudonym.isEmpty() || place.mayBeInside()) {
                crowd.people.unasked().put(key, place);
            }
        }
        for (int left = readCount(in); left > 0; left--) {
            ZoneCode code = ZoneCode.of(in.readUTF());
            int known = in.readInt();
            int anonymous = in.readInt();
            Zone zone = new Zone(ZoneSeries.read(in, options.maxBuckets()));
            zone.add(Naming.UNASKED, known);
            zone.anonymous = anonymous;
            crowd.zones.put(code, zone);
        }
        crowd.namesMatter = crowd.zones.hasDebts();
        for (int left = readCount(in); left > 0; left--) {
            crowd.anomalies.restore(Anomaly.Kind.valueOf(in.readUTF()), in.readLong());
        }
        for (int left = readCount(in); left > 0; left--) {
            crowd.anomalies.restore(readAnomaly(in, next));
        }
        if (in.available() > 0) {
            throw new IllegalArgumentException("a snapshot of presence has more bytes than it says");
        }
        return new PresenceSnapshot(next, lastLeafHash, crowd);
    }

    private static Place readPlace(DataInputStream in, long next) throws IOException {
        long index = readIndex(in, next);
        Place place = new Place(ZoneCode.of(in.readUTF()), readInstant(in));
        place.index = index;
        String maybe = in.readUTF();
        place.maybe = maybe.isEmpty() ? null : ZoneCode.of(maybe);
        place.maybeAt = readInstant(in);
        return place;
    }

    private static long readIndex(DataInputStream in, long next) throws IOException {
        long index = in.readLong();
        if (index < 0 || index >= next) {
            throw new IllegalArgumentException("a snapshot of presence of " + next + " entries names entry " + index);
        }
        return index;
    }

    private static Anomaly readAnomaly(DataInputStream in, long next) throws IOException {
        Anomaly.Kind kind = Anomaly.Kind.valueOf(in.readUTF());
        long index = readIndex(in, next);
        Instant at = readInstant(in);
        String portal = in.readUTF();
        ZoneCode zone = ZoneCode.of(in.readUTF());
        return new Anomaly(
                kind,
                index,
                at,
                portal.isEmpty() ? Optional.empty() : Optional.of(PortalId.of(portal)),
                zone,
                Optional.empty());
    }

    private static int readCount(DataInputStream in) throws IOException {
        int count = in.readInt();
        if (count < 0 || (long) count * MIN_RECORD_BYTES > in.available()) {
            throw new IllegalArgumentException("a snapshot of presence says that it has " + count + " records");
        }
        return count;
    }

    private static void writeInstant(DataOutputStream out, Instant at) throws IOException {
        out.writeLong(at.getEpochSecond());
        out.writeInt(at.getNano());
    }

    private static Instant readInstant(DataInputStream in) throws IOException {
        return Instant.ofEpochSecond(in.readLong(), in.readInt());
    }

    private static byte[] digest(byte[] content) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(content);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return "PresenceSnapshot[" + next + " entries]";
    }
}

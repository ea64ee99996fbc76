package io.gatehouse.devices.sim.session;

import io.gatehouse.devices.sim.TapEntry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * What went over a link, in the order of its times; as text it is the format of SESSION-FORMAT.md. Immutable and thread-safe. Its
 * bytes may be credentials.
 *
 * @param entries up to {@value #MAX_ENTRIES}, none empty, none before the one before it
 */
public record Session(List<TapEntry> entries) {
    /** The first line of a recorded session. */
    public static final String HEADER = "gatehouse session 1";

    static final int MAX_ENTRIES = 100_000;
    static final int MAX_BYTES = 65_536;
    private static final HexFormat HEX = HexFormat.ofDelimiter(" ");

    public Session {
        entries = List.copyOf(entries);
        if (entries.size() > MAX_ENTRIES) {
            throw new IllegalArgumentException(
                    "a session has at most " + MAX_ENTRIES + " entries, not " + entries.size());
        }
        for (int i = 0; i < entries.size(); i++) {
            check(i == 0 ? Instant.MIN : entries.get(i - 1).at(), entries.get(i));
        }
    }

    private static void check(Instant before, TapEntry entry) {
        int length = entry.bytes().length;
        if (length < 1 || length > MAX_BYTES) {
            throw new IllegalArgumentException("an entry has 1 to " + MAX_BYTES + " bytes, not " + length);
        }
        if (entry.at().isBefore(before)) {
            throw new IllegalArgumentException("an entry of " + entry.at() + " stands behind one of " + before);
        }
    }

    /**
     * Reads a recorded session.
     *
     * @throws IllegalArgumentException naming the line that is wrong, and why
     */
    public static Session parse(String text) {
        String[] lines = text.split("\n", -1);
        if (!stripped(lines[0]).equals(HEADER)) {
            throw new IllegalArgumentException("line 1: a recorded session begins with '" + HEADER + "'");
        }
        List<TapEntry> entries = new ArrayList<>();
        Instant before = Instant.MIN;
        for (int i = 1; i < lines.length; i++) {
            String line = stripped(lines[i]);
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            try {
                TapEntry entry = entry(line);
                check(before, entry);
                before = entry.at();
                entries.add(entry);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("line " + (i + 1) + ": " + e.getMessage(), e);
            }
        }
        return new Session(entries);
    }

    private static String stripped(String line) {
        return line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
    }

    private static TapEntry entry(String line) {
        String[] words = line.split(" ", 3);
        if (words.length < 3) {
            throw new IllegalArgumentException("an entry is a time, 'in' or 'out', and bytes in hex");
        }
        return new TapEntry(time(words[0]), way(words[1]), HEX.parseHex(words[2]));
    }

    private static Instant time(String word) {
        try {
            return Instant.parse(word);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("'" + word + "' is not a time such as 2026-11-25T08:00:00.250Z", e);
        }
    }

    private static TapEntry.Way way(String word) {
        return switch (word) {
            case "in" -> TapEntry.Way.IN;
            case "out" -> TapEntry.Way.OUT;
            default -> throw new IllegalArgumentException("'" + word + "' is neither 'in' nor 'out'");
        };
    }

    /**
     * Reads a file.
     *
     * @throws IOException if it cannot be read, or is no recorded session
     */
    public static Session read(Path file) throws IOException {
        try {
            return parse(Files.readString(file));
        } catch (IllegalArgumentException e) {
            throw new IOException(file + ", " + e.getMessage(), e);
        }
    }

    /** What {@link #parse} reads. */
    public String text() {
        StringBuilder text = new StringBuilder(HEADER).append('\n');
        entries.forEach(entry -> text.append(entry).append('\n'));
        return text.toString();
    }

    /** The bytes that went one way, joined. */
    public byte[] bytes(TapEntry.Way way) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        entries.stream().filter(entry -> entry.way() == way).forEach(entry -> all.writeBytes(entry.bytes()));
        return all.toByteArray();
    }

    /** Without the bytes. */
    @Override
    public String toString() {
        return "Session[" + entries.size() + " entries]";
    }
}

package io.gatehouse.core.store;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.BitSet;
import java.util.Optional;

/**
 * Overwrites what SQLite leaves in the unused middle of its pages. {@code secure_delete} overwrites rows that are deleted,
 * but when a tree is balanced rows move from page to page, and between a page's list of cells and its first cell there may
 * stay copies of rows that now live, and one day die, elsewhere (SQLite's file format, section 1.6).
 *
 * <p>Works on the file itself, so only while nobody has it open. What is overwritten has no meaning to SQLite, so the file
 * is sound at every moment, also after a crash. In databases of 2²⁵ pages (128 GiB) or more nothing is overwritten: there
 * an overflow page may look like one of a tree.
 */
final class SqliteRemains {
    /** So many pages are read at once. */
    private static final int BLOCK = 256;

    private static final int FILE_HEADER = 100;
    private static final int PAGE_SIZE_AT = 16;
    private static final int RESERVED_AT = 20;
    private static final int LARGEST_PAGE = 65_536;
    private static final int MOST_PAGES = 1 << 25;

    private static final int LOG_HEADER = 32;
    private static final int LOG_PAGE_SIZE_AT = 8;
    private static final int LOG_SEQUENCE_AT = 12;
    private static final int FRAME_HEADER = 24;

    private final FileChannel file;
    private final int pageSize;
    private final int usable;
    private int wiped;

    private SqliteRemains(FileChannel file, ByteBuffer header) {
        this.file = file;
        int size = header.getShort(PAGE_SIZE_AT) & 0xFFFF;
        this.pageSize = size == 1 ? LARGEST_PAGE : size;
        this.usable = pageSize - (header.get(RESERVED_AT) & 0xFF);
    }

    /** Whether the log is missing or has nothing. */
    static boolean isEmpty(Path log) {
        return log.toFile().length() == 0;
    }

    /**
     * The pages in a log that was made when the first of its database's connections was, if it was never begun anew: then
     * all that changed since are in it.
     */
    static Optional<BitSet> changed(Path log) throws IOException {
        BitSet pages = new BitSet();
        if (isEmpty(log)) {
            return Optional.of(pages);
        }
        try (FileChannel channel = FileChannel.open(log, StandardOpenOption.READ)) {
            if (channel.size() < LOG_HEADER) {
                return Optional.empty();
            }
            ByteBuffer header = read(channel, 0, LOG_HEADER);
            if (header.getInt(LOG_SEQUENCE_AT) != 0) {
                return Optional.empty();
            }
            long frame = FRAME_HEADER + Integer.toUnsignedLong(header.getInt(LOG_PAGE_SIZE_AT));
            for (long at = LOG_HEADER; at + frame <= channel.size(); at += frame) {
                pages.set(read(channel, at, Integer.BYTES).getInt(0));
            }
            return Optional.of(pages);
        }
    }

    /**
     * Overwrites the unused middle of these pages, or of all, where it is not zeros.
     *
     * @return of how many pages
     */
    static int wipe(Path database, Optional<BitSet> pages) throws IOException {
        try (FileChannel file = FileChannel.open(database, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            if (file.size() < FILE_HEADER) {
                return 0;
            }
            SqliteRemains remains = new SqliteRemains(file, read(file, 0, FILE_HEADER));
            remains.wipe(pages);
            if (remains.wiped > 0) {
                file.force(false);
            }
            return remains.wiped;
        }
    }

    private void wipe(Optional<BitSet> some) throws IOException {
        long pages = file.size() / pageSize;
        if (pages >= MOST_PAGES) {
            return;
        }
        if (some.isPresent()) {
            for (int page = some.get().nextSetBit(1);
                    page > 0 && page <= pages;
                    page = some.get().nextSetBit(page + 1)) {
                wipe(page, 1);
            }
            return;
        }
        for (int page = 1; page <= pages; page += BLOCK) {
            wipe(page, (int) Math.min(BLOCK, pages - page + 1));
        }
    }

    private void wipe(int first, int number) throws IOException {
        long begin = (first - 1L) * pageSize;
        ByteBuffer pages = read(file, begin, number * pageSize);
        for (int i = 0; i < number; i++) {
            int at = i * pageSize;
            int header = first + i == 1 ? at + FILE_HEADER : at;
            int unused = header + lengthOfHeader(pages.get(header)) + Short.BYTES * number(pages, header + 3);
            int firstCell = number(pages, header + 5);
            int end = at + (firstCell == 0 ? LARGEST_PAGE : firstCell);
            // A page that is of no tree, or damaged, is left to SQLite.
            if (isOfTree(pages.get(header)) && unused < end && end <= at + usable) {
                wipe(pages, begin, unused, end);
            }
        }
    }

    private void wipe(ByteBuffer pages, long begin, int from, int to) throws IOException {
        boolean isBlank = true;
        for (int i = from; i < to && isBlank; i++) {
            isBlank = pages.get(i) == 0;
        }
        if (!isBlank) {
            ByteBuffer zeros = ByteBuffer.allocate(to - from);
            while (zeros.hasRemaining()) {
                file.write(zeros, begin + from + zeros.position());
            }
            wiped++;
        }
    }

    private static boolean isOfTree(byte type) {
        return type == 2 || type == 5 || type == 10 || type == 13;
    }

    /** Pages that are no leaves have a pointer more. */
    private static int lengthOfHeader(byte type) {
        return type == 2 || type == 5 ? 12 : 8;
    }

    private static int number(ByteBuffer bytes, int at) {
        return bytes.getShort(at) & 0xFFFF;
    }

    private static ByteBuffer read(FileChannel channel, long at, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, at + bytes.position()) < 0) {
                throw new EOFException("the file ends before byte " + (at + length));
            }
        }
        return bytes;
    }
}

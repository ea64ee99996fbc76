package io.gatehouse.devices.link;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.Optional;

/**
 * A serial port's device file, or the name of a port that is none (COM3). What is at a path may have been unplugged and plugged
 * again between two looks: then it is another file. Immutable and thread-safe.
 */
final class SerialDevice {
    private static final Logger LOG = System.getLogger(SerialDevice.class.getName());

    private final Path path;
    /** Device and inode where the operating system has them. */
    private final Optional<Object> key;

    private SerialDevice(Path path) {
        this.path = path;
        this.key = key(path);
    }

    /** What is there now. */
    static SerialDevice at(String path) {
        return new SerialDevice(Path.of(path));
    }

    /** Whether what was there is gone; ports that are no files say so by a failed read. */
    boolean isGone() {
        return path.isAbsolute() && (!Files.exists(path) || !key(path).equals(key));
    }

    private static Optional<Object> key(Path path) {
        try {
            return Optional.ofNullable(
                    Files.readAttributes(path, BasicFileAttributes.class).fileKey());
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "no file at " + path, e);
            return Optional.empty();
        }
    }

    /** Why it could not be opened, and what to do. */
    String whyNot() {
        boolean isPermitted = !Files.exists(path) || (Files.isReadable(path) && Files.isWritable(path));
        return whyNot(isPermitted);
    }

    String whyNot(boolean isPermitted) {
        return isPermitted
                ? path + " could not be opened; another program may hold it, or it refuses these settings"
                : "this account may not use " + path + "; it belongs to group " + group()
                        + ": add the account to that group and log in again";
    }

    private String group() {
        try {
            return Files.readAttributes(path.toRealPath(), PosixFileAttributes.class)
                    .group()
                    .getName();
        } catch (IOException | UnsupportedOperationException e) {
            LOG.log(Level.DEBUG, "the group of a serial device cannot be read", e);
            return "(unknown)";
        }
    }

    @Override
    public String toString() {
        return path.toString();
    }
}

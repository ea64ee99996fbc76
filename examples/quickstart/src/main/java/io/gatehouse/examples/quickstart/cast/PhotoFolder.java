package io.gatehouse.examples.quickstart.cast;

import io.gatehouse.core.frame.Frame;
import io.gatehouse.core.frame.FrameDecoder;
import io.gatehouse.core.identity.PersonId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * People from a folder of photographs: a sub-folder a person, named after them; the first picture by name enrols them,
 * the others are how they present themselves. Every picture is read and decoded before anything else happens, so that a
 * bad one stops the morning before it begins. Immutable and thread-safe if its decoder is.
 */
public final class PhotoFolder {
    private static final List<String> ENDINGS = List.of(".jpg", ".jpeg", ".png");
    private static final long MAX_FILE_BYTES = 32L << 20;
    private static final int MAX_PEOPLE = 200;
    private static final int MAX_PICTURES_A_PERSON = 50;

    private final Path folder;
    private final FrameDecoder decoder;
    private final Instant now;

    public PhotoFolder(Path folder, FrameDecoder decoder, Instant now) {
        this.folder = Objects.requireNonNull(folder, "folder");
        this.decoder = Objects.requireNonNull(decoder, "decoder");
        this.now = Objects.requireNonNull(now, "now");
    }

    /** Everybody in the folder, by name. */
    public List<CastMember> people() throws CannotStartException {
        List<Path> subFolders = listed(folder, Files::isDirectory);
        if (subFolders.size() < Cast.MIN_MEMBERS) {
            throw new CannotStartException(
                    folder + " has " + subFolders.size() + " sub-folders, the morning needs at least "
                            + Cast.MIN_MEMBERS + " people: give each person a sub-folder with two or more pictures");
        }
        if (subFolders.size() > MAX_PEOPLE) {
            throw new CannotStartException(folder + " has " + subFolders.size() + " sub-folders, the quickstart takes "
                    + MAX_PEOPLE + " people at most: give it a smaller folder");
        }
        List<CastMember> people = new ArrayList<>();
        Set<PersonId> ids = new HashSet<>();
        for (Path subFolder : subFolders) {
            CastMember person = person(subFolder);
            if (!ids.add(person.id())) {
                throw new CannotStartException(subFolder + " names the same person as another sub-folder, "
                        + person.id() + ": rename one of them");
            }
            people.add(person);
        }
        return people;
    }

    private CastMember person(Path subFolder) throws CannotStartException {
        String name = fileName(subFolder).replace('_', ' ');
        List<Path> files = listed(subFolder, PhotoFolder::isPictureFile);
        if (files.size() < 2) {
            throw new CannotStartException(subFolder + " has " + files.size()
                    + " pictures (.jpg, .png): put in one to enrol and at least one to present");
        }
        List<Photograph> photographs = new ArrayList<>();
        for (Path file : files.subList(0, Math.min(files.size(), MAX_PICTURES_A_PERSON))) {
            photographs.add(photograph(file));
        }
        return new CastMember(
                personId(subFolder), name, photographs.get(0), photographs.subList(1, photographs.size()));
    }

    private static PersonId personId(Path subFolder) throws CannotStartException {
        try {
            return PersonId.of(fileName(subFolder).toLowerCase(Locale.ROOT).replace(' ', '-'));
        } catch (IllegalArgumentException e) {
            throw new CannotStartException(
                    subFolder + " cannot name a person: rename it to 1 to 64 letters, digits, '.', '_' or '-'", e);
        }
    }

    private Photograph photograph(Path file) throws CannotStartException {
        String label = folder.relativize(file).toString();
        FrameDecoder.Decoding decoding = decoder.decode(bytes(file), now, label);
        if (decoding instanceof FrameDecoder.Decoded decoded) {
            Frame frame = decoded.frame();
            return new Photograph(label, frame);
        }
        throw new CannotStartException(
                decoding.fold(decoded -> "", refused -> refused.reason().text()));
    }

    /** The bytes of a file that is not larger than any picture the quickstart takes. */
    static byte[] bytes(Path file) throws CannotStartException {
        try {
            long size = Files.size(file);
            if (size > MAX_FILE_BYTES) {
                throw new CannotStartException(
                        file + " has " + size + " bytes, the limit is " + MAX_FILE_BYTES + ": save it smaller");
            }
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new CannotStartException(
                    file + " cannot be read (" + e.getClass().getSimpleName()
                            + "): check its permissions or leave it out",
                    e);
        }
    }

    private static List<Path> listed(Path folder, Predicate<Path> wanted) throws CannotStartException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(wanted)
                    .filter(entry -> !fileName(entry).startsWith("."))
                    .sorted(Comparator.comparing(PhotoFolder::fileName))
                    .toList();
        } catch (IOException e) {
            throw new CannotStartException(
                    folder + " is not a folder that can be listed: check the path and its permissions", e);
        }
    }

    private static boolean isPictureFile(Path file) {
        String name = fileName(file).toLowerCase(Locale.ROOT);
        return Files.isRegularFile(file) && ENDINGS.stream().anyMatch(name::endsWith);
    }

    private static String fileName(Path path) {
        return String.valueOf(path.getFileName());
    }
}

package io.gatehouse.biometrics.evaluate;

import io.gatehouse.biometrics.face.FaceAnalysis;
import io.gatehouse.biometrics.model.Template;
import io.gatehouse.core.frame.Frame;
import io.gatehouse.core.frame.FrameDecoder;
import io.gatehouse.core.reason.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.function.IntConsumer;
import java.util.stream.Stream;

/**
 * A folder of pictures, a sub-folder for each person, turned into templates. A picture that cannot be read or shows no
 * usable face is kept with the reason, and counts as a failure to acquire; a person none of whose pictures gives a template
 * counts as a failure to enrol. What comes out does not depend on how many threads worked. Immutable and thread-safe.
 */
public final class TemplateFolder {
    private static final List<String> PICTURES = List.of(".jpg", ".jpeg", ".png", ".bmp");
    private static final long MAX_BYTES = 64 << 20;

    private final Path folder;
    private final List<Sample> samples;

    /**
     * A picture and what came of it.
     *
     * @param person  the name of its sub-folder
     * @param file    sub-folder and name, with slashes
     * @param outcome the template, if there is one
     * @param refusal else the reason why there is none
     */
    public record Sample(String person, String file, Optional<Template> outcome, Optional<Reason> refusal) {
        public Sample {
            Objects.requireNonNull(person, "person");
            Objects.requireNonNull(file, "file");
            if (outcome.isPresent() == refusal.isPresent()) {
                throw new IllegalArgumentException("a sample has a template or a reason why not: " + file);
            }
        }
    }

    private TemplateFolder(Path folder, List<Sample> samples) {
        this.folder = folder;
        this.samples = List.copyOf(samples);
    }

    /**
     * Reads every picture (JPEG, PNG, BMP by its name) of the sub-folders.
     *
     * @param analyse  what finds the face and makes the template, for example {@code analyser::analyse}; the first face
     *                 counts; called on the executor's threads
     * @param threads  whose threads work
     * @param progress told how many pictures are done, on the calling thread
     * @throws IOException          if the folder cannot be listed
     * @throws InterruptedException if the thread was interrupted; pictures that were begun are finished
     */
    public static TemplateFolder read(
            Path folder,
            FrameDecoder decoder,
            Function<? super Frame, ? extends FaceAnalysis> analyse,
            ExecutorService threads,
            IntConsumer progress)
            throws IOException, InterruptedException {
        List<Future<Sample>> running = new ArrayList<>();
        for (Path picture : pictures(folder)) {
            running.add(threads.submit((Callable<Sample>) () -> sample(folder, picture, decoder, analyse)));
        }
        List<Sample> samples = new ArrayList<>();
        try {
            for (Future<Sample> each : running) {
                samples.add(each.get());
                progress.accept(samples.size());
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("a picture could not be analysed at all", e.getCause());
        } finally {
            running.forEach(each -> each.cancel(false));
        }
        return new TemplateFolder(folder, samples);
    }

    /**
     * The pictures of the sub-folders, by name.
     *
     * @throws IOException if the folder cannot be listed
     */
    public static List<Path> pictures(Path folder) throws IOException {
        try (Stream<Path> found = Files.walk(folder, 2)) {
            return found.filter(path -> path.getNameCount() == folder.getNameCount() + 2 && isPicture(path))
                    .sorted()
                    .toList();
        }
    }

    private static boolean isPicture(Path path) {
        String name = path.getFileName().toString().toLowerCase(Locale.ROOT);
        return PICTURES.stream().anyMatch(name::endsWith) && Files.isRegularFile(path);
    }

    private static Sample sample(
            Path folder, Path picture, FrameDecoder decoder, Function<? super Frame, ? extends FaceAnalysis> analyse) {
        Path relative = folder.relativize(picture);
        String person = relative.getName(0).toString();
        String file = person + "/" + relative.getName(1);
        try {
            if (Files.size(picture) > MAX_BYTES) {
                return refused(person, file, Reason.of("evaluate.picture-too-large", "The file has more than 64 MiB."));
            }
            FrameDecoder.Decoding decoding = decoder.decode(Files.readAllBytes(picture), Instant.EPOCH, file);
            return decoding.fold(
                    decoded -> analysed(person, file, analyse.apply(decoded.frame())),
                    broken -> refused(person, file, broken.reason()));
        } catch (IOException e) {
            return refused(person, file, Reason.of("evaluate.picture-unreadable", "The file cannot be read: " + e));
        }
    }

    private static Sample analysed(String person, String file, FaceAnalysis analysis) {
        return analysis.fold(
                found -> found.first()
                        .template()
                        .map(template -> new Sample(person, file, Optional.of(template), Optional.empty()))
                        .orElseGet(() ->
                                refused(person, file, found.first().refusals().get(0))),
                none -> refused(person, file, none.reason()));
    }

    private static Sample refused(String person, String file, Reason reason) {
        return new Sample(person, file, Optional.empty(), Optional.of(reason));
    }

    /** Every picture, by name. */
    public List<Sample> samples() {
        return samples;
    }

    /** The pictures that gave no template. */
    public List<Sample> refused() {
        return samples.stream().filter(sample -> sample.refusal().isPresent()).toList();
    }

    /** Templates by person; people without any are not in it. */
    public Map<String, List<Template>> templates() {
        Map<String, List<Template>> people = new TreeMap<>();
        samples.forEach(sample -> sample.outcome()
                .ifPresent(template -> people.computeIfAbsent(sample.person(), name -> new ArrayList<>())
                        .add(template)));
        return people;
    }

    /** How many people and pictures failed. */
    public AcquisitionCounts acquisition() {
        long people = samples.stream().map(Sample::person).distinct().count();
        return new AcquisitionCounts(
                new Proportion(people - templates().size(), people),
                new Proportion(refused().size(), samples.size()));
    }

    /**
     * The comparisons of a protocol: lines of {@code a,b,same} or {@code fold,a,b,same} after a heading, where a and b are
     * pictures as {@code sub-folder/name} and same is 1 or 0. A pair with a picture that gave no template is left out: it is
     * in the FTA.
     *
     * @throws IOException              if the file cannot be read
     * @throws IllegalArgumentException if a line is not of that form, or names a picture that is not there
     */
    public Comparisons pairs(Path csv) throws IOException {
        Map<String, Sample> byFile = new TreeMap<>();
        samples.forEach(sample -> byFile.put(sample.file(), sample));
        Comparisons.Builder builder = Comparisons.builder();
        List<String> lines = Files.readAllLines(csv);
        for (int i = 1; i < lines.size(); i++) {
            if (!lines.get(i).isBlank()) {
                add(builder, byFile, lines.get(i).split(",", -1), csv + ", line " + (i + 1));
            }
        }
        return builder.build();
    }

    private void add(Comparisons.Builder builder, Map<String, Sample> byFile, String[] parts, String where) {
        int at = parts.length - 3;
        if ((at != 0 && at != 1) || !parts[at + 2].strip().matches("[01]")) {
            throw new IllegalArgumentException(where + ": a pair is a,b,same or fold,a,b,same with 1 or 0 for same");
        }
        Sample one = sample(byFile, parts[at].strip(), where);
        Sample other = sample(byFile, parts[at + 1].strip(), where);
        if (one.person().equals(other.person()) != parts[at + 2].strip().equals("1")) {
            throw new IllegalArgumentException(where + ": " + one.file() + " and " + other.file() + " lie in "
                    + (one.person().equals(other.person()) ? "one person's folder" : "two people's folders")
                    + ", which contradicts same=" + parts[at + 2].strip());
        }
        if (one.outcome().isPresent() && other.outcome().isPresent()) {
            builder.add(
                    one.person(),
                    other.person(),
                    one.outcome().get().distance(other.outcome().get()));
        }
    }

    private Sample sample(Map<String, Sample> byFile, String file, String where) {
        Sample sample = byFile.get(file);
        if (sample == null) {
            throw new IllegalArgumentException(where + ": there is no picture " + file + " in " + folder);
        }
        return sample;
    }

    @Override
    public String toString() {
        return "TemplateFolder[" + folder + ", " + samples.size() + " pictures, "
                + refused().size() + " refused]";
    }
}

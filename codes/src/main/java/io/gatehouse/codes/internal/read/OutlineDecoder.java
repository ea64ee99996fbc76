package io.gatehouse.codes.internal.read;

import java.util.List;
import java.util.Optional;

/** A second decoder, one that finds symbols by their outlines. Thread-safe. */
public interface OutlineDecoder {
    /** The class that stands on BoofCV; it is compiled apart, since BoofCV's jars share packages and cannot be modules. */
    String CLASS = "io.gatehouse.codes.internal.boof.BoofDecoder";

    /** The symbols in a picture, dark on light. May throw whatever the decoder throws. */
    List<Outline> read(Grey grey);

    /**
     * A symbol that was decoded.
     *
     * @param text      what it holds, as the decoder understood it
     * @param codewords data codewords, corrected
     * @param version   1 to 40
     * @param corners   x and y of the four corners in the full picture, from the one between two finder patterns along the upper edge
     */
    record Outline(String text, byte[] codewords, int version, double[] corners) {}

    /** BoofCV's decoder, or nothing where its jars are not on the class path. */
    static Optional<OutlineDecoder> find() {
        try {
            return Optional.of(Class.forName(CLASS)
                    .asSubclass(OutlineDecoder.class)
                    .getDeclaredConstructor()
                    .newInstance());
        } catch (ReflectiveOperationException | LinkageError e) {
            return Optional.empty();
        }
    }
}

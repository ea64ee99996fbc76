package io.gatehouse.core.evidence;

import io.gatehouse.core.identity.Method;
import java.time.Instant;
import java.util.function.Function;

/** What was presented: a face, a code, a card or a guard's word. Sealed, immutable, thread-safe. */
public sealed interface Evidence permits FaceEvidence, CodeEvidence, CardEvidence, ManualEvidence {

    /** When the device captured it. */
    Instant capturedAt();

    /** The device that captured it. */
    String source();

    /** The method of identification that this is evidence for. */
    Method method();

    /** Applies the function of the case that this is. */
    <T> T fold(
            Function<? super FaceEvidence, ? extends T> face,
            Function<? super CodeEvidence, ? extends T> code,
            Function<? super CardEvidence, ? extends T> card,
            Function<? super ManualEvidence, ? extends T> manual);
}

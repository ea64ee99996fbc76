/**
 * Several comparisons of one person made into one decision: of one modality or several, all with scores that say how
 * unlikely a stranger is, so that what comes out says so too.
 */
@NullMarked
package io.gatehouse.biometrics.fusion;

import org.jspecify.annotations.NullMarked;

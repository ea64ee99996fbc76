/**
 * Identity documents: what a reader of Chinese resident cards or a machine-readable zone says, checked by its own check digits. That
 * somebody looks like the picture is a guard's word, which is the evidence that comes of it.
 */
@NullMarked
package io.gatehouse.devices.document;

import org.jspecify.annotations.NullMarked;

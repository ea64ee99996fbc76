package io.gatehouse.codes.internal.read;

import com.google.zxing.common.DecoderResult;

/**
 * A symbol that was decoded.
 *
 * @param content what ZXing's decoder made of the modules
 * @param corners x and y of the four corners in the full picture, from the one between two finder patterns along the upper edge
 * @param how     which of the ways of making bits worked
 */
public record Found(DecoderResult content, double[] corners, String how) {}

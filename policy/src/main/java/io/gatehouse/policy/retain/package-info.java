/**
 * How long data are kept, what holds them longer, and how they are destroyed so that it can be shown. The rooms that keep
 * something own their tables; this room knows them by the port {@link io.gatehouse.core.keep.Keeper} and tells them what
 * is over. It helps to keep the law; it does not give legal advice.
 */
@NullMarked
package io.gatehouse.policy.retain;

import org.jspecify.annotations.NullMarked;

/**
 * How values of the user's own types are stored: Jackson, as CBOR. Found by service loader; nobody
 * imports it.
 */
@NullMarked
package dev.keyling.persistence.codec;

import org.jspecify.annotations.NullMarked;

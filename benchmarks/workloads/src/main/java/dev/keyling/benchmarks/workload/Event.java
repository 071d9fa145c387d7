package dev.keyling.benchmarks.workload;

import java.util.stream.IntStream;

/** An element of a workload, made from its number. */
public record Event(String key, long amount, long number) {
  /** Of 2^64: numbers that follow each other are far apart when they are multiplied with it. */
  private static final long GOLDEN_RATIO = 0x9E3779B97F4A7C15L;

  private static final int AMOUNT_BITS = 10;
  private static final int PAGES = 32;
  private static final int PRODUCTS = 8;
  private static final String[] PAGE_NAMES = names("page-", PAGES);
  private static final String[] PRODUCT_NAMES = names("product-", PRODUCTS);

  private static String[] names(String prefix, int count) {
    return IntStream.range(0, count).mapToObj(i -> prefix + i).toArray(String[]::new);
  }

  /** Returns the amount of the event with this number: 0 to 1023. */
  public static long amountOf(long number) {
    return (number * GOLDEN_RATIO) >>> (Long.SIZE - AMOUNT_BITS);
  }

  /** Returns which page is seen with this amount. */
  public static String page(long amount) {
    return PAGE_NAMES[(int) amount & (PAGES - 1)];
  }

  /** Returns which product is bought with this amount. */
  public static String product(long amount) {
    return PRODUCT_NAMES[productIndex(amount)];
  }

  private static int productIndex(long amount) {
    return (int) amount & (PRODUCTS - 1);
  }

  /** Returns how many of the product are bought with this amount: 1 to 4. */
  public static long quantity(long amount) {
    return 1 + ((amount >> 3) & 3);
  }

  /** Returns what one of this product costs. */
  public static long price(String product) {
    return 1 + product.charAt(product.length() - 1) - '0';
  }
}

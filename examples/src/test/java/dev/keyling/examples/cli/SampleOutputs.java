package dev.keyling.examples.cli;

import static java.util.Map.entry;

import java.util.List;
import java.util.Map;

/** What each example gives for its sample, in the order of each key. */
final class SampleOutputs {
  static final Map<String, List<String>> OF =
      Map.ofEntries(
          entry(
              "count",
              List.of(
                  "{'value':1,'count':1}",
                  "{'value':2,'count':1}",
                  "{'value':3,'count':1}",
                  "{'value':1,'count':2}",
                  "{'value':2,'count':2}",
                  "{'value':1,'count':3}")),
          entry("average", List.of("{'key':'1','average':4}", "{'key':'1','average':5}")),
          entry(
              "mean",
              List.of(
                  "{'key':'sensor1','mean':17.0}",
                  "{'key':'sensor2','mean':-4.0}",
                  "{'key':'sensor1','mean':18.5}",
                  "{'key':'sensor1','mean':19.0}",
                  "{'key':'sensor2','mean':0.5}")),
          entry(
              "fraud",
              List.of(
                  "{'user':'user1','previous':7000,'amount':110000,'difference':103000}",
                  "{'user':'user2','previous':3000,'amount':120000,'difference':117000}")),
          entry(
              "totals",
              List.of(
                  "{'user':'user1','total':5000}",
                  "{'user':'user2','total':2000}",
                  "{'user':'user1','total':12000}",
                  "{'user':'user2','total':10000}",
                  "{'user':'user1','total':122000}",
                  "{'user':'user2','total':13000}",
                  "{'user':'user2','total':133000}")),
          entry(
              "pages",
              List.of(
                  "{'user':'u','pages':['p1']}",
                  "{'user':'u','pages':['p1','p2']}",
                  "{'user':'u','pages':['p1','p2','p3']}",
                  "{'user':'u','pages':['p1','p2','p3','p4']}",
                  "{'user':'u','pages':['p1','p2','p3','p4','p5']}",
                  "{'user':'u','pages':['p2','p3','p4','p5','p6']}",
                  "{'user':'u','pages':['p3','p4','p5','p6','p7']}")),
          entry(
              "cart",
              List.of(
                  "{'user':'u','cart':{'pear':3}}",
                  "{'user':'u','cart':{'apple':2,'pear':3}}",
                  "{'user':'u','cart':{'apple':2,'pear':1}}",
                  "{'user':'v','cart':{'plum':1}}",
                  "{'user':'v','cart':{}}")),
          entry(
              "sessions",
              List.of(
                  session("192.0.2.10", "10:05:03", "10:35:43", 4),
                  session("192.0.2.10", "11:30:00", "11:30:00", 1),
                  session("198.51.100.7", "10:06:10", "10:06:10", 1),
                  session("198.51.100.7", "10:36:11", "10:36:11", 1),
                  session("203.0.113.99", "10:20:00", "10:20:00", 1))),
          entry(
              "presence",
              List.of(
                  absence("user1", "10:05:00"),
                  absence("user2", "10:06:00"),
                  absence("user1", "10:52:00"),
                  absence("user3", "11:00:00"))),
          entry(
              "statistics",
              List.of(
                  "{'key':'sensor1','count':3,'sum':57,'mean':19.0,'min':17,'max':20}",
                  "{'key':'sensor2','count':2,'sum':1,'mean':0.5,'min':-4,'max':5}")),
          entry(
              "batches",
              List.of(
                  "[{'key':'sensor1','value':17},{'key':'sensor1','value':20},{'key':'sensor1','value':23}]",
                  "[{'key':'sensor1','value':24}]",
                  "[{'key':'sensor2','value':-4}]")),
          entry("orders", List.of("{'user':'Ann','order':'book'}", "{'user':'Ben','order':'pen'}")),
          entry(
              "sliding-sum",
              List.of(
                  "{'key':'sensor1','sum':17}",
                  "{'key':'sensor1','sum':37}",
                  "{'key':'sensor1','sum':30}",
                  "{'key':'sensor2','sum':-4}")),
          entry(
              "clicks-per-minute",
              List.of(
                  clicks("/", "10:05", 2),
                  clicks("/docs", "10:05", 1),
                  clicks("/", "10:06", 1),
                  clicks("/docs", "10:06", 2))),
          entry(
              "brute-force",
              List.of(
                  "{'address':'192.0.2.7','first':'2000-03-29T23:18:33Z','last':'2000-03-29T23:20:10Z',"
                      + "'failures':6,'inAMinute':5}")));

  private SampleOutputs() {}

  static List<String> of(String example) {
    return OF.get(example).stream().map(line -> line.replace('\'', '"')).toList();
  }

  private static String session(String key, String start, String end, int events) {
    return "{'key':'%s','start':'2015-05-17T%sZ','end':'2015-05-17T%sZ','events':%d}"
        .formatted(key, start, end, events);
  }

  private static String absence(String key, String lastSeen) {
    return "{'key':'%s','lastSeen':'2015-05-17T%sZ'}".formatted(key, lastSeen);
  }

  private static String clicks(String page, String minute, int clicks) {
    return "{'page':'%s','minute':'2015-05-17T%s:00Z','clicks':%d}".formatted(page, minute, clicks);
  }
}
